import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { memoryStorage } from '../../store/storage.js';
import {
  find,
  findAll,
  focused,
  openOffice,
  stood,
  until,
  words,
} from '../shared/office.fixture.js';
import {
  activeChoice,
  button,
  choices,
  clientOf,
  field,
  opened,
  shown,
  texts,
  withFiles,
} from './composer.fixture.js';

const file = (): File => new File(['x'.repeat(40)], 'offer.pdf', { type: 'application/pdf' });

describe('conv-composer: writing', () => {
  it('S3.23 formats by toolbar and by shortcut, and each can be undone', async () => {
    const { composer } = await opened();
    await sendKeys({ type: 'word' });
    const cases: [string, string, string, string][] = [
      ['bold', 'Bold', 'Control+b', '**word**'],
      ['italic', 'Italic', 'Control+i', '_word_'],
      ['strike', 'Strikethrough', 'Control+Shift+x', '~~word~~'],
      ['code', 'Code', 'Control+e', '`word`'],
      ['quote', 'Quote', 'Control+Shift+9', '> word'],
      ['list', 'Bulleted list', 'Control+Shift+8', '- word'],
      ['numbered', 'Numbered list', 'Control+Shift+7', '1. word'],
      ['link', 'Link', 'Control+k', '[word](https://)'],
    ];
    for (const [format, name, keys, written] of cases) {
      for (const act of [
        () => Promise.resolve(button(composer, name).click()),
        () => sendKeys({ press: keys }),
      ]) {
        field(composer).setSelectionRange(0, 4);
        await act();
        expect(field(composer).value, format).to.equal(written);
        await sendKeys({ press: 'Control+z' });
        expect(field(composer).value, `${format} undone`).to.equal('word');
      }
    }
  });

  it('S3.23 a line break goes on with a list, and an empty item ends it', async () => {
    const { composer } = await opened();
    await sendKeys({ type: '1. One' });
    await sendKeys({ press: 'Shift+Enter' });
    await sendKeys({ type: 'Two' });
    await sendKeys({ press: 'Shift+Enter' });
    await sendKeys({ press: 'Shift+Enter' });
    await sendKeys({ type: 'Bye' });
    expect(field(composer).value).to.equal('1. One\n2. Two\nBye');
    await sendKeys({ press: 'Control+z' });
    expect(field(composer).value).to.contain('1. One\n2. Two\n');
  });

  it('S3.27 an emoji by the picker and by its name; Enter sends, Shift+Enter breaks the line', async () => {
    localStorage.removeItem('convkit/emoji');
    const { composer, office } = await opened();
    await sendKeys({ type: 'Nice ' });
    button(composer, 'Emoji').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('aria-label') === 'Search emoji');
    await stood(composer);
    await expect(composer).to.be.accessible();
    await sendKeys({ type: 'party popper' });
    await sendKeys({ press: 'Enter' });
    expect(field(composer).value).to.equal('Nice 🎉');
    expect(focused() === field(composer)).to.equal(true);
    await sendKeys({ press: 'Shift+Enter' });
    await sendKeys({ type: 'and :rocket' });
    await until(() => activeChoice(composer) === 'rocket');
    await sendKeys({ press: 'Tab' });
    expect(field(composer).value).to.equal('Nice 🎉\nand 🚀');
    await sendKeys({ press: 'Enter' });
    await until(() => texts(office).includes('reply: Nice 🎉\nand 🚀'));
  });

  it('S3.27 a setting turns Enter round: it breaks the line, Shift+Enter and Ctrl+Enter send', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$me.get());
    await office.client.setPreferences({ enterSends: false });
    await sendKeys({ type: '- One' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'Two' });
    expect(field(composer).value).to.equal('- One\n- Two');
    expect(field(composer).enterKeyHint).to.equal('enter');
    await sendKeys({ press: 'Shift+Enter' });
    await until(() => texts(office).includes('reply: - One\n- Two'));
    await sendKeys({ type: 'Three' });
    await sendKeys({ press: 'Control+Enter' });
    await until(() => texts(office).includes('reply: Three'));
  });

  it('S3.27 no composition is sent, whatever its keys', async () => {
    const { composer, office } = await opened();
    await sendKeys({ type: 'にほん' });
    for (const init of [
      { isComposing: true },
      { keyCode: 229 },
      { isComposing: true, ctrlKey: true },
    ]) {
      const key = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init });
      field(composer).dispatchEvent(key);
      expect(key.defaultPrevented).to.equal(false);
    }
    expect(texts(office).length).to.equal(2);
  });

  it('S3.28 drafts, their tab and whom they name survive a reload', async () => {
    const { server } = openOffice();
    const storage = memoryStorage();
    const before = await shown({ server, client: clientOf(server, storage) });
    before.focus();
    await sendKeys({ type: 'For Maja' });
    await before.write('comment');
    await sendKeys({ type: 'Ask @Tomás Moreno ' });
    before.remove();
    const office = { server, client: clientOf(server, storage) };
    const after = await shown(office);
    await until(() => field(after).value === 'Ask @Tomás Moreno ');
    expect(field(after).getAttribute('aria-label')).to.equal('Comment');
    await until(() => find(after, 'mark.mention'));
    await after.write('reply');
    expect(field(after).value).to.equal('For Maja');
    await after.write('comment');
    await sendKeys({ press: 'Enter' });
    await until(() => texts(office).includes('comment: Ask @Tomás Moreno'));
    const { messages } = server.workspace.conversations.get('cv_maja') ?? {};
    expect(messages?.at(-1)?.mentions).to.deep.equal(['ag_tomas']);
  });

  it('S3.29 @ in a comment offers agents; a name that was deleted is not told', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$agents.get().size > 0);
    await sendKeys({ type: 'Hello @' });
    await composer.updateComplete;
    expect(choices(composer), 'none in a reply').to.deep.equal([]);
    await composer.write('comment');
    await sendKeys({ type: 'Can you look, @' });
    await until(() => choices(composer).length > 0);
    expect(choices(composer)).to.deep.equal(['Tomás Moreno', 'Ben Okafor']);
    await stood(composer);
    await expect(composer).to.be.accessible();
    await sendKeys({ type: 'oka' });
    await until(() => activeChoice(composer) === 'Ben Okafor');
    await sendKeys({ press: 'Enter' });
    expect(field(composer).value).to.equal('Can you look, @Ben Okafor ');
    await sendKeys({ type: 'or @mor' });
    await until(() => activeChoice(composer) === 'Tomás Moreno');
    await sendKeys({ press: 'Tab' });
    await until(() => findAll(composer, 'mark.mention').length === 2);
    field(composer).setSelectionRange(14, 26);
    await sendKeys({ press: 'Delete' });
    await sendKeys({ press: 'Enter' });
    await until(() => texts(office).includes('comment: Can you look, or @Tomás Moreno'));
    const { messages } = office.server.workspace.conversations.get('cv_maja') ?? {};
    expect(messages?.at(-1)?.mentions).to.deep.equal(['ag_tomas']);
  });

  it('S3.26 files by button, drop and paste: preview, progress, cancel, retry and refusal', async () => {
    const { office, finish } = withFiles();
    const { composer } = await opened(office);
    await until(() => office.client.$me.get());
    const transfer = (...files: File[]): DataTransfer => {
      const data = new DataTransfer();
      for (const one of files) data.items.add(one);
      return data;
    };
    const shownFiles = (): string[] => {
      const list = find(composer, 'conv-uploads');
      return list ? findAll(list, '.file .name').map(words) : [];
    };
    const input = find<HTMLInputElement>(composer, 'input[type=file]');
    let asked = 0;
    input?.addEventListener('click', (event) => {
      event.preventDefault();
      asked++;
    });
    button(composer, 'Attach files').click();
    expect([asked, input?.multiple]).to.deep.equal([1, true]);
    if (input) input.files = transfer(file()).files;
    input?.dispatchEvent(new Event('change'));
    composer.dispatchEvent(
      new DragEvent('drop', {
        dataTransfer: transfer(new File(['x'.repeat(11 * 1024 * 1024)], 'big.zip')),
        cancelable: true,
      }),
    );
    field(composer).dispatchEvent(
      new ClipboardEvent('paste', {
        clipboardData: transfer(new File(['x'], 'shot.png', { type: 'image/png' })),
        bubbles: true,
        cancelable: true,
      }),
    );
    await until(() => shownFiles().length === 3);
    expect(shownFiles()).to.deep.equal(['offer.pdf', 'big.zip', 'shot.png']);
    const list = find(composer, 'conv-uploads') as HTMLElement;
    await until(() => findAll(list, 'progress').length === 2);
    expect(findAll(list, '.preview').length).to.equal(3);
    expect(words(find(list, '.problem'))).to.match(/10 MB/);
    await stood(list);
    await expect(composer).to.be.accessible();
    find(list, '[aria-label="Cancel offer.pdf"]')?.click();
    await until(() => find(list, '[aria-label="Try offer.pdf again"]'));
    find(list, '[aria-label="Try offer.pdf again"]')?.click();
    await until(() => find(list, '[aria-label="Cancel offer.pdf"]'));
    finish();
    await until(() => find(list, '[aria-label="Remove offer.pdf"]'));
  });

  it('S3.26 Enter while a file is on its way sends once it is there', async () => {
    const { office, finish } = withFiles();
    const { composer } = await opened(office);
    await until(() => office.client.$me.get());
    const sent: string[] = [];
    composer.addEventListener('conv-message-sent', ({ detail }) => sent.push(detail.text));
    office.client.conversation('cv_maja').uploads('reply')?.add([file()]);
    await sendKeys({ type: 'The offer' });
    await sendKeys({ press: 'Enter' });
    await until(() => words(find(composer, '#wait')).includes('as soon as the files are there'));
    await stood(composer);
    await expect(composer).to.be.accessible();
    expect([field(composer).value, sent.length]).to.deep.equal(['The offer', 0]);
    finish();
    await until(() => texts(office).includes('reply: The offer'));
    await until(() => sent.length === 1);
    expect(field(composer).value).to.equal('');
    expect(find(composer, '#wait')).to.equal(null);
    const { messages } = office.server.workspace.conversations.get('cv_maja') ?? {};
    expect(messages?.at(-1)?.attachments.map(({ name }) => name)).to.deep.equal(['offer.pdf']);
  });

  it('S3.26 what waits can be taken back, and says when a file failed', async () => {
    const { office, finish, fail } = withFiles();
    const { composer } = await opened(office);
    await until(() => office.client.$me.get());
    const uploads = office.client.conversation('cv_maja').uploads('reply');
    uploads?.add([file()]);
    await sendKeys({ type: 'The offer' });
    await sendKeys({ press: 'Enter' });
    await until(() => find(composer, '#wait'));
    button(composer, 'Do not send yet').click();
    await until(() => !find(composer, '#wait'));
    expect(focused() === field(composer)).to.equal(true);
    await sendKeys({ press: 'Enter' });
    await until(() => find(composer, '#wait'));
    fail();
    await until(() => words(find(composer, '#wait')).includes('A file was not sent'));
    finish();
    const { key = '' } = uploads?.$uploads.get()[0] ?? {};
    uploads?.remove(key);
    await until(() => texts(office).includes('reply: The offer'));
  });
});
