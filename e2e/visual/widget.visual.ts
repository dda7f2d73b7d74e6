import { expect } from '@playwright/test';
import { test, type Look, type OfficePage } from './office-page.js';

const element = 'chat-widget';
const phone = { width: 360, height: 640 };
const tablet = { width: 768, height: 700 };
const desktop = { width: 1440, height: 800 };

const questions = {
  en: ['Does the cargo bike come with a lock?', 'And how long does it take to Malmö?'],
  de: ['Ist beim Lastenrad ein Schloss dabei?', 'Und wie lange dauert die Lieferung nach Malmö?'],
  ar: ['هل تأتي دراجة الشحن مع قفل؟', 'وكم يستغرق التوصيل إلى مالمو؟'],
  ja: ['カーゴバイクに鍵は付いていますか。', 'マルメまでの配送は何日かかりますか。'],
};
const sent = { en: 'Sent', de: 'Gesendet', ar: 'أُرسلت', ja: '送信済み' };
type Language = keyof typeof questions;

async function open(office: OfficePage, language: Language, look: Look): Promise<void> {
  await office.load({ ...look, element, rtl: language === 'ar' });
  const widget = office.page.locator('chat-widget');
  await widget.evaluate(async (chat: HTMLElement & { locale: string; open: boolean }, locale) => {
    chat.locale = locale;
    chat.open = true;
  }, language);
  await expect(widget.getByRole('textbox')).toBeVisible();
  // Its words have come.
  await expect(widget.locator('.root')).toHaveAttribute('lang', language);
}

async function talk(office: OfficePage, language: Language): Promise<void> {
  const widget = office.page.locator('chat-widget');
  for (const question of questions[language]) {
    await widget.getByRole('textbox').fill(question);
    await widget.getByRole('textbox').press('Enter');
    await expect(widget.locator('.message.own').last()).toContainText(question);
    // The next one stands below it, and an answer comes only to what has arrived.
    await expect(widget.locator('.message.own').last()).toContainText(sent[language]);
  }
  await office.happen('An agent writes');
  await expect(widget.locator('conv-message strong')).toBeVisible();
}

const looks = [
  ['en', 'light', desktop],
  ['de', 'dark', tablet],
  ['ar', 'light', tablet],
  ['ar', 'dark', phone],
  ['ja', 'light', phone],
] as const;

for (const [language, theme, size] of looks) {
  test(`the widget, ${language}, ${theme}, ${size.width} px`, async ({ office }) => {
    await open(office, language, { ...size, dark: theme === 'dark' });
    await office.looksLike(`widget-${language}-${size.width}-${theme}-empty`);
    await talk(office, language);
    await office.looksLike(`widget-${language}-${size.width}-${theme}`);
  });
}

test('the widget in forced colours', async ({ office }) => {
  await open(office, 'en', { ...phone, forcedColors: true });
  await talk(office, 'en');
  await office.looksLike('widget-forced');
});

test('the widget with text twice as large', async ({ office }) => {
  await open(office, 'de', { ...phone, fontSize: '28px' });
  await talk(office, 'de');
  await office.looksLike('widget-text-200');
});

test('the button of the widget', async ({ office }) => {
  await office.load({ element, width: 360, height: 240 });
  await expect(office.page.locator('chat-widget').getByRole('button').first()).toBeVisible();
  await office.looksLike('widget-button');
});
