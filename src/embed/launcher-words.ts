/** By language: what the button is called before the widget and its languages are loaded. */
const table = `
fr Ouvrir le chat
de Chat öffnen
es Abrir chat
it Apri chat
pt Abrir chat
nl Chat openen
pl Otwórz czat
cs Otevřít chat
uk Відкрити чат
ru Открыть чат
tr Sohbeti aç
ar فتح الدردشة
he פתיחת הצ׳אט
fa باز کردن گفتگو
ja チャットを開く
ko 채팅 열기
zh-tw 開啟聊天
zh 打开聊天
hi चैट खोलें
vi Mở trò chuyện
id Buka obrolan
sv Öppna chatten
da Åbn chat
`;

/** What the button does, in a language and region or in the language; English where it has none. */
export function openingWords(tag: string, base: string): string {
  const after = (start: string): string | undefined => table.split(`\n${start.toLowerCase()} `)[1];
  return (after(tag) ?? after(base) ?? 'Open chat').split('\n')[0] ?? '';
}
