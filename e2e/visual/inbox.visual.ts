import { test, type Look } from './office-page.js';

const sizes: Readonly<Record<string, Look>> = {
  '1440': { width: 1440, height: 660 },
  '1024': { width: 1024, height: 600 },
  '768': { width: 768, height: 760 },
  '360': { width: 360, height: 740 },
};

const looks: Readonly<Record<string, Look>> = {
  light: {},
  dark: { dark: true },
  forced: { forcedColors: true },
  rtl: { rtl: true },
};

/** One conversation a size, so that every script is seen in every look. */
const conversations: Readonly<Record<string, string>> = {
  '1440': 'Maja Lindqvist',
  '1024': 'ณัฐวุฒิ',
  '768': 'Donaudampf',
  '360': '田中',
};

for (const [size, dimensions] of Object.entries(sizes)) {
  for (const [look, options] of Object.entries(looks)) {
    test(`the inbox at ${size} px, ${look}`, async ({ office }) => {
      await office.visit({ ...dimensions, ...options });
      await office.open(conversations[size] ?? '');
      await office.looksLike(`thread-${size}-${look}`);
    });
  }
}

for (const look of ['light', 'dark', 'forced', 'rtl']) {
  test(`the list on a phone, ${look}`, async ({ office }) => {
    await office.visit({ ...sizes['360'], ...looks[look] });
    await office.looksLike(`list-360-${look}`);
  });
}

test('the contact on a phone', async ({ office }) => {
  await office.visit({ ...sizes['360'], dark: true });
  await office.open('Maja Lindqvist');
  await office.inbox.getByRole('button', { name: 'Contact details' }).click();
  await office.looksLike('contact-360-dark');
});

test('a contact of whom little is known, on a phone, in forced colours', async ({ office }) => {
  await office.visit({ ...sizes['360'], forcedColors: true });
  await office.open('Where do I find the serial number');
  await office.inbox.getByRole('button', { name: 'Contact details' }).click();
  await office.looksLike('contact-360-bare-forced');
});

test('the contact over the thread', async ({ office }) => {
  await office.visit(sizes['768']);
  await office.open('Donaudampf');
  await office.inbox.locator('.contact-toggle').click();
  await office.looksLike('contact-768-light');
});

test('the contact over the thread, right to left', async ({ office }) => {
  await office.visit({ ...sizes['1024'], rtl: true, dark: true });
  await office.open('عمر الفارسي');
  await office.inbox.locator('.contact-toggle').click();
  await office.looksLike('contact-1024-rtl-dark');
});

test.describe('at 200 % zoom of 1280 px', () => {
  test.use({ deviceScaleFactor: 2 });

  test('the thread and the list', async ({ office }) => {
    await office.visit({ width: 640, height: 400 });
    await office.looksLike('zoom-list');
    await office.open('Aïsha Diallo');
    await office.looksLike('zoom-thread');
    await office.inbox.getByRole('button', { name: 'Contact details' }).click();
    await office.looksLike('zoom-contact');
  });
});

for (const [size, conversation] of [
  ['1440', 'Familie Öztürk'],
  ['768', 'Maja Lindqvist'],
  ['360', 'عمر الفارسي'],
] as const) {
  test(`text twice as large at ${size} px`, async ({ office }) => {
    await office.visit({ ...sizes[size], fontSize: '200%' });
    if (size === '360') await office.looksLike('text-200-360-list');
    await office.open(conversation);
    await office.looksLike(`text-200-${size}`);
    if (size !== '360') return;
    await office.inbox.getByRole('button', { name: 'Contact details' }).click();
    await office.looksLike('text-200-360-contact');
  });
}
