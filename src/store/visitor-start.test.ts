import { expect } from '@open-wc/testing';
import { createOffice, observe } from './testing.fixture.js';

describe('visitor client: faults', () => {
  it('says that the workspace is unknown', async () => {
    const { visitor, clock, server } = createOffice();
    server.refuse('workspace_not_found');
    const client = visitor();
    client.start();
    await clock.advance(100);

    expect(client.$fault.get()?.code).to.equal('workspace_not_found');
  });

  it('asks for the configuration again when the network failed', async () => {
    const { visitor, clock, server } = createOffice();
    server.cut({ stayDown: true });
    const client = visitor();
    client.start();
    await clock.advance(100);
    expect(client.$settings.get()).to.equal(null);
    server.restore();
    await clock.advance(5_000);

    expect(client.$settings.get()?.workspaceName).to.equal('Example');
    expect(client.$fault.get()).to.equal(null);
  });
});

describe('visitor client: starting again', () => {
  it('tries at once what failed', async () => {
    const { visitor, clock, server } = createOffice();
    server.refuse('workspace_not_found');
    const client = visitor();
    client.start();
    await clock.advance(100);
    server.refuse(null);
    client.start();
    await clock.advance(100);

    expect(client.$fault.get()).to.equal(null);
    expect(client.$settings.get()?.workspaceName).to.equal('Example');
  });

  it('asks anew who is there where that is old and no connection tells', async () => {
    const { visitor, agent, clock } = createOffice();
    const client = visitor();
    client.start();
    await clock.advance(100);
    const bob = agent('ag_2');
    observe(bob.$me);
    await clock.advance(100);
    await bob.setStatus('offline');
    client.start();
    await clock.advance(100);
    expect(client.$availability.get()?.mode).to.equal('live');
    await clock.advance(30_000);
    client.start();
    await clock.advance(100);

    expect(client.$availability.get()?.mode).to.equal('messenger');
  });

  it('connects at once instead of waiting for the next try', async () => {
    const { visitor, clock, server } = createOffice();
    const client = visitor();
    client.start();
    client.consent();
    await clock.advance(100);
    server.cut({ stayDown: true });
    await clock.advance(60_000);
    expect(client.$connection.get().state).to.equal('reconnecting');
    server.restore();
    client.start();
    await clock.advance(100);

    expect(client.$connection.get().state).to.equal('online');
  });
});
