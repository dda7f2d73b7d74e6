/**
 * `npm run screenshots`: the pictures of the README, taken from the built server with believable
 * conversations, written to docs/images/. Look at them before you commit them.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { Inbox } from '../e2e/inbox.ts';
import { clientId, peerAgent, peerVisitor } from '../e2e/peer.ts';
import { Server } from '../e2e/server.ts';
import { Shop } from '../e2e/shop.ts';
import { args, chromiumPath } from './browser.mjs';
import { buildIfStale } from './build.mjs';

const images = fileURLToPath(new URL('../docs/images/', import.meta.url));
const sizes = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 360, height: 720 },
];
const themes = ['light', 'dark'];
const minute = 60_000;
const hour = 60 * minute;

/**
 * Everything but Maja's conversation, which is led in a browser after these: the clock never goes
 * back. `ago` is in minutes.
 */
const conversations = [
  {
    name: 'Duc Nguyen',
    email: 'duc@nguyen.example',
    lines: [
      { ago: 27 * 60, text: 'The bell sticks when it rains. Is that normal?' },
      { ago: 26.8 * 60, reply: 'Not at all. A drop of oil under the lever, and it sings again.' },
      { ago: 26.5 * 60, text: 'Works now, cheers' },
      { ago: 26.4 * 60, reply: 'Ring it often!' },
    ],
  },
  {
    name: 'Sinead Kelly',
    email: 'sinead@kelly.example',
    lines: [
      { ago: 25 * 60, text: 'I am between two frame sizes, 171 cm. Which one?' },
      { ago: 24.9 * 60, reply: 'Sent you the **sizing chart**. I would ride the 52.' },
    ],
  },
  {
    name: null,
    lines: [
      { ago: 66, text: 'Where do I find the serial number?' },
      { ago: 64, reply: 'Under the bottom bracket, six digits after FJ.' },
      { ago: 62, text: 'Thank you!' },
      { ago: 61, reply: 'Any time.' },
    ],
  },
  {
    name: 'Paula Brandt',
    email: 'paula@brandt.example',
    lines: [
      { ago: 31, text: 'The express delivery came a day late.' },
      { ago: 24, reply: 'I have refunded the shipping, sorry about that.' },
    ],
  },
  {
    name: 'Jun Tanaka',
    email: 'jun@tanaka.example',
    lines: [{ ago: 19, text: 'The invoice for order 20881 is missing from my mail' }],
  },
  {
    name: 'Omar Al-Farsi',
    email: 'omar@alfarsi.example',
    lines: [
      { ago: 16, text: 'مرحبا، طلبت دراجة أمس' },
      { ago: 14, reply: 'Hello Omar! How can I help with your order?' },
      { ago: 12, text: 'هل يمكنني تغيير عنوان التوصيل؟' },
    ],
  },
];

await buildIfStale();
await mkdir(images, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'screenshots-'));
const clockFile = join(folder, 'behind');
const setClock = (behindMs) => writeFile(clockFile, String(Math.round(behindMs)));
await setClock(28 * hour);
const server = await Server.start({
  CLOCK_FILE: clockFile,
  NODE_OPTIONS: `--import=${new URL('./past-clock.mjs', import.meta.url).href}`,
});
const browser = await chromium.launch({ executablePath: await chromiumPath(), args });
try {
  await server.command('settings', 'set', 'name=fjordcykel');
  await server.command('settings', 'set', 'greeting=Hej! How can we help?');
  const session = await signIn();
  await tellStories(session.cookie);
  await takePictures(session);
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function signIn() {
  const context = await browser.newContext();
  const inbox = new Inbox(await context.newPage(), server.origin);
  await inbox.page.goto(server.signInLink);
  await inbox.saveProfile({
    name: 'Giulia Rossi',
    email: 'giulia@fjordcykel.example',
    password: 'a bell for no reason',
  });
  const state = await context.storageState();
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  await context.close();
  return { state, cookie };
}

async function tellStories(cookie) {
  const page = await (await fetch(`${server.origin}/`)).text();
  const workspaceId = /workspace="([^"]+)"/.exec(page)[1];
  const lines = conversations
    .flatMap((conversation) => conversation.lines.map((line) => ({ conversation, ...line })))
    .sort((a, b) => b.ago - a.ago);
  for (const { conversation, ago, text, reply } of lines) {
    await setClock(ago * minute);
    const agent = await peerAgent(server.origin, cookie);
    if (text !== undefined) {
      const visitor = await peerVisitor(server.origin, workspaceId, conversation.visitorToken);
      const { message } = await visitor.channel.push('message:send', {
        clientId: clientId(),
        text,
      });
      conversation.id = message.conversationId;
      if (!conversation.visitorToken && conversation.name) {
        const topic = await agent.peer.join(`conversation:${conversation.id}`);
        await topic.push('contact:update', { name: conversation.name, email: conversation.email });
      }
      conversation.visitorToken = visitor.visitorToken;
      visitor.close();
    } else {
      const topic = await agent.peer.join(`conversation:${conversation.id}`);
      await topic.push('message:send', { clientId: clientId(), kind: 'reply', text: reply });
    }
    agent.peer.close();
  }
}

async function takePictures({ state, cookie }) {
  const minutesAgo = async (minutes) => setClock(minutes * minute);
  const visitorContext = await browser.newContext({
    viewport: sizes[0],
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
  });
  const shop = new Shop(await visitorContext.newPage(), server.origin);
  const agentContext = await browser.newContext({
    storageState: state,
    viewport: sizes[0],
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
  });
  const inbox = new Inbox(await agentContext.newPage(), server.origin);

  const pageView = async () => {
    const socket = await shop.page.waitForEvent('websocket');
    const isView = ({ payload }) => String(payload).includes('page:view');
    await socket.waitForEvent('framesent', { predicate: isView });
  };

  await minutesAgo(8);
  await shop.visit();
  const first = pageView();
  await shop.consent.check();
  await first;
  await pictures(shop.page, 'shop');
  for (const [ago, path] of [
    [7, '/shop/city/'],
    [6, '/shop/blue-roadster-52/'],
  ]) {
    await minutesAgo(ago);
    await Promise.all([pageView(), shop.visit(path)]);
  }
  await minutesAgo(5);
  await shop.openChat();
  await shop.write('Hi! Does the blue roadster ship to Malmö?');
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await inbox.open('Does the blue roadster ship');
  await inbox.rename('Maja Lindqvist', 'maja@lindqvist.example');
  await shop.write('I need it before the 4th');
  await inbox.log.getByText('before the 4th').waitFor();
  await minutesAgo(4);
  await inbox.reply('It does, in **two working days**. Order before noon and it leaves today.');
  await shop.log.getByText('two working days').waitFor();
  await minutesAgo(3);
  await inbox.comment('She bought the 2023 frame, check the stock of the fork before promising.');
  await minutesAgo(0);
  await shop.write('Perfect, and can I change the frame later?');
  await inbox.log.getByText('change the frame later').waitFor();
  await inbox.page.getByRole('tab', { name: 'Reply' }).click();
  await inbox.view('All messages').click();
  // A page learns what time the server has when it joins.
  await inbox.page.reload();
  await inbox.log.getByText('change the frame later').waitFor();
  await pictures(inbox.page, 'inbox');
  await shop.page.reload();
  await shop.log.getByText('change the frame later').waitFor();

  const agent = await peerAgent(server.origin, cookie);
  const id = new URL(inbox.page.url()).hash.match(/conversation=([\w-]+)/)[1];
  const topic = await agent.peer.join(`conversation:${id}`);
  await pictures(shop.page, 'widget', () => topic.push('typing', { typing: true, kind: 'reply' }));
  agent.peer.close();

  for (const [name, { page, log }] of Object.entries({ inbox, widget: shop })) {
    await page.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'document') return route.fallback();
      const response = await route.fetch();
      const body = (await response.text())
        .replace('<html lang="en">', '<html lang="ar" dir="rtl">')
        .replace('<chat-widget ', '<chat-widget position="bl" ');
      await route.fulfill({ response, body });
    });
    await page.reload();
    await log.getByText('change the frame later').waitFor();
    await picture(page, `${name}-1440-rtl`);
  }
}

async function pictures(page, name, prepare = async () => undefined) {
  for (const size of sizes) {
    for (const colorScheme of themes) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await prepare();
      await picture(page, `${name}-${size.width}-${colorScheme}`);
    }
  }
  await page.setViewportSize(sizes[0]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function picture(page, name) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.screenshot({ path: join(images, `${name}.png`) });
  console.log(name);
}
