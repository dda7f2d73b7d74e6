/** By language: what the button is called before the widget and its languages are loaded. */
const table = `
fr Ouvrir le chat
de Chat öffnen
es Abrir chat
it Apri chat
pt Abrir chat
nl Chat openen
cs Otevřít chat
pl Otwórz czat
uk Відкрити чат
ru Открыть чат
tr Sohbeti aç
ar فتح الدردشة
he פתיחת הצ׳אט
fa باز کردن گفتگو
ja チャットを開く
ko 채팅 열기
zht 開啟聊天
zh 打开聊天
hi चैट खोलें
vi Mở trò chuyện
id Buka obrolan
sv Öppna chatten
da Åbn chat
`;

/** What the button does, in a language (BCP 47, and its base); English where it has none. */
export function openingWords(tag: string, base: string): string {
  // Hong Kong and Macau read the script of Taiwan.
  const key = /^zh-(tw|hk|mo|hant)/i.test(tag) ? 'zht' : base.toLowerCase();
  return (table.split(`\n${key} `)[1] ?? 'Open chat').split('\n')[0] ?? '';
}
