import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { readConfig } from '../src/config.js';
import { dockerfileWords, readCompose, readRootFile, type Compose } from './compose.js';

const secrets = { SECRET: 'x'.repeat(44), POSTGRES_PASSWORD: 'a-password' };

describe('compose.yaml', () => {
  let compose: Compose;
  before(async () => {
    compose = await readCompose(secrets);
  });
  const nodesOf = ({ services }: Compose) =>
    Object.entries(services).filter(([name]) => name.startsWith('node'));

  it('says which secret is missing and what to give', async () => {
    for (const name of Object.keys(secrets)) {
      const others = Object.entries(secrets).filter(([other]) => other !== name);
      await assert.rejects(readCompose(Object.fromEntries(others)), new RegExp(`${name}.*openssl`));
    }
  });

  it('has three servers of one image, which differ in nothing', () => {
    const nodes = nodesOf(compose);
    assert.deepEqual(
      nodes.map(([name]) => name),
      ['node1', 'node2', 'node3'],
    );
    for (const [, node] of nodes) assert.deepEqual(node, compose.services['node1']);
  });

  it('gives them an environment that the server takes', () => {
    for (const [, { environment = {} }] of nodesOf(compose)) {
      const config = readConfig(environment);
      assert.equal(config.host, '0.0.0.0');
      assert.equal(config.trustProxy, 1);
      assert.deepEqual(config.files, { type: 'disk', dir: '/files' });
      assert.ok(config.redisUrl !== null && config.databaseUrl !== null);
    }
  });

  it('leaves them time to send everybody away', () => {
    for (const [, node] of nodesOf(compose)) {
      const grace = Number(/^(\d+)s$/.exec(node.stop_grace_period ?? '')?.[1]) * 1_000;
      assert.ok(grace >= readConfig(node.environment ?? {}).drainMs + 10_000);
    }
  });

  it('confines every container', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      assert.equal(service.read_only, true, name);
      assert.deepEqual(service.cap_drop, ['ALL'], name);
      assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name);
    }
  });

  it('opens the proxy alone to the outside, and keeps the database inside', () => {
    const { services, networks } = compose;
    const open = Object.keys(services).filter((name) => services[name]?.ports);
    assert.deepEqual(open, ['proxy']);
    assert.equal(networks['back']?.internal, true);
    for (const name of ['postgres', 'valkey']) {
      assert.deepEqual(services[name]?.networks, ['back']);
    }
  });

  it('names only services, volumes and networks that there are', () => {
    const { services, networks, volumes } = compose;
    for (const service of Object.values(services)) {
      for (const name of Object.keys(service.depends_on ?? {})) assert.ok(services[name], name);
      for (const name of service.networks ?? []) assert.ok(name in networks, name);
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':');
        assert.ok(source.startsWith('./') || source in volumes, source);
      }
    }
  });

  it('knows of each when it is well', () => {
    for (const [name, { healthcheck, image }] of Object.entries(compose.services)) {
      assert.ok(healthcheck ?? image === 'convkit-server', name);
    }
  });
});

describe('the Dockerfile', () => {
  it('runs as nobody in particular, without a shell that would keep signals', async () => {
    const stages = (await readRootFile('Dockerfile')).split(/^FROM /m);
    assert.ok(stages.length >= 3, 'several stages');
    const last = stages.at(-1) ?? '';
    assert.match(last, /^USER node$/m);
    assert.match(last, /^HEALTHCHECK .*\\\n {2}CMD \[/m);
    assert.match(last, /^EXPOSE 4000$/m);
    assert.doesNotMatch(last, /^RUN .*npm/m);
    for (const [, from = ''] of (await readRootFile('Dockerfile')).matchAll(/^FROM (\S+)/gm)) {
      assert.match(from, /^node:20\.\d+\.\d+-bookworm-slim$/);
    }
    assert.deepEqual(await dockerfileWords('CMD'), ['start']);
    assert.deepEqual(await dockerfileWords('ENTRYPOINT'), [
      'node',
      '/app/server/bin/convkit-server.mjs',
    ]);
  });
});
