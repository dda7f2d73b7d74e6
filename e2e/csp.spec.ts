import { expect, test } from './fixtures.js';

/** Directive by name. */
function directives(policy: string | undefined): Map<string, string[]> {
  return new Map(
    (policy ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values];
    }),
  );
}

test('every page comes with the strict policy', async ({ server, visitor }) => {
  for (const path of ['/', '/shop/city/', '/inbox', '/elements/', '/elements/conv-list']) {
    const response = await visitor.page.request.get(server.origin + path);
    expect(response.status(), path).toBe(200);
    const policy = directives(response.headers()['content-security-policy']);
    const sources = [...policy.values()].flat();
    expect(policy.get('script-src'), path).toEqual(["'self'"]);
    expect(policy.get('require-trusted-types-for'), path).toEqual(["'script'"]);
    expect(policy.get('trusted-types'), path).toEqual([
      'lit-html',
      'dompurify',
      "'allow-duplicates'",
    ]);
    expect(policy.get('object-src') ?? policy.get('default-src'), path).toEqual(["'none'"]);
    expect(policy.get('base-uri'), path).toEqual(["'none'"]);
    expect(
      sources.filter((source) => source.startsWith("'unsafe-")),
      path,
    ).toEqual([]);
    expect(
      sources.filter((source) => source.includes('*')),
      path,
    ).toEqual([]);
    expect(response.headers()['x-content-type-options'], path).toBe('nosniff');
  }
});

/** Each test's fixture holds the pages to this; here the recorder itself is tried. */
test('the recorder of violations, strangers and leaks sees each of them', async ({
  browser,
  server,
}) => {
  const { watch } = await import('./watch.js');
  const context = await browser.newContext();
  const incidents = await watch(context, server.origin);
  const page = await context.newPage();
  await page.goto(server.origin + '/');
  await page.evaluate(() => {
    const image = new Image();
    image.src = 'https://stranger.example/x.png';
    void fetch('/v1/nothing?token=eyJ');
    setTimeout(() => {
      throw new Error('seen');
    });
  });
  await expect.poll(() => incidents.violations.length).toBeGreaterThan(0);
  await expect.poll(() => incidents.leaks).toContain(`${server.origin}/v1/nothing?token=eyJ`);
  await expect.poll(() => incidents.errors.join()).toContain('seen');
  await page.evaluate(() => {
    alert('seen');
  });
  await context.route('https://stranger.example/**', (route) => route.fulfill({ body: 'seen' }));
  await page.goto('https://stranger.example/');
  expect(incidents.foreign).toContain('https://stranger.example/');
  expect(incidents.dialogs).toEqual(['seen']);
  await context.close();
});

test('no token is in an address, and the one-time code leaves it at once', async ({
  server,
  watched,
  session,
}) => {
  const context = await watched({ storageState: session });
  const page = await context.newPage();
  // The code was used when the session began: the page still takes it out of the address.
  await page.goto(server.signInLink);
  await expect(page).toHaveURL(`${server.origin}/inbox`);
  expect(await page.evaluate(() => document.referrer + location.href)).not.toContain('code');
});
