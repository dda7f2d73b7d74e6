import { expect } from '@open-wc/testing';
import type { ContactData } from '../protocol/index.js';
import { createContactDataSender } from './contact-data.js';
import { createLazyOffice, loaded, observe } from './testing.fixture.js';

describe('what a page knows of its visitor', () => {
  it('S3.33 reaches agents as a list in its order, and follows', async () => {
    const { agent, visitor, clock, server } = createLazyOffice();
    const client = visitor();
    client.setContactData({ plan: 'Pro', cart: 3, trial: false });
    client.send('Hello');
    await loaded();
    await clock.advance(100);
    const [id = ''] = server.workspace.conversations.keys();
    const conversation = agent().conversation(id);
    observe(conversation.$contact);
    await clock.advance(100);
    expect(conversation.$contact.get()?.data).to.deep.equal([
      { key: 'plan', value: 'Pro' },
      { key: 'cart', value: '3' },
      { key: 'trial', value: 'false' },
    ]);
    client.updateContactData({ cart: null, 'last order': '2041' });
    await clock.advance(100);
    expect(conversation.$contact.get()?.data).to.deep.equal([
      { key: 'plan', value: 'Pro' },
      { key: 'trial', value: 'false' },
      { key: 'last order', value: '2041' },
    ]);
    client.setContactData({});
    await clock.advance(100);

    expect(conversation.$contact.get()?.data).to.deep.equal([]);
  });

  it('is told after the connection is back, as it is by then', async () => {
    const { visitor, clock, server } = createLazyOffice();
    const client = visitor();
    client.send('Hello');
    await clock.advance(100);
    server.cut({ stayDown: true });
    client.setContactData({ a: '1', b: '2' });
    client.updateContactData({ a: null, c: '3' });
    await loaded();
    server.restore();
    await clock.advance(5_000);

    const [contact] = server.workspace.contacts.values();
    expect(contact?.data).to.deep.equal([
      { key: 'b', value: '2' },
      { key: 'c', value: '3' },
    ]);
  });

  it('goes one at a time, with what was said meanwhile in one, and to a new contact whole', async () => {
    const sent: ContactData[] = [];
    let answer: () => void = () => undefined;
    const sender = createContactDataSender((payload) => {
      sent.push(payload);
      return new Promise<void>((resolve) => (answer = resolve));
    });
    sender.tell('update', { a: '1' });
    sender.tell('update', { b: '2', a: null });
    sender.tell('update', { b: '3' });
    expect(sent.length).to.equal(1);
    answer();
    await loaded();
    expect(sent[1]).to.deep.equal({
      how: 'update',
      data: [
        { key: 'b', value: '3' },
        { key: 'a', value: null },
      ],
    });
    answer();
    await loaded();
    sender.contactChanged();
    sender.flush();

    expect(sent[2]).to.deep.equal({ how: 'update', data: [{ key: 'b', value: '3' }] });
  });

  it('is kept where it was not taken, before what was said after it', async () => {
    const sent: ContactData[] = [];
    let refuse = true;
    const sender = createContactDataSender((payload) => {
      sent.push(payload);
      return refuse ? Promise.reject(new Error('lost')) : Promise.resolve();
    });
    sender.tell('set', { a: '1' });
    sender.tell('update', { b: '2' });
    await loaded();
    refuse = false;
    sender.flush();
    await loaded();

    expect(sent.at(-1)).to.deep.equal({
      how: 'set',
      data: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    });
  });
});
