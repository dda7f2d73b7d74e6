import { expect } from '@open-wc/testing';
import { fillVariables, firstName, openVariables } from './index.js';

describe('variables of a saved reply', () => {
  it('are filled, with spaces around their names or not, as often as they stand there', () => {
    const text = 'Hi {{contact.firstName}}, {{ agent.name }} here. Bye {{contact.firstName}}!';
    const values = { 'contact.firstName': 'Vera', 'agent.name': 'Ann' };
    expect(fillVariables(text, values)).to.deep.equal({
      text: 'Hi Vera, Ann here. Bye Vera!',
      missing: [],
    });
  });

  it('stay and are named, each once, where they have no value or are unknown', () => {
    const text = '{{contact.name}} {{contact.name}} {{contact.shoeSize}} {{agent.name}}';
    expect(fillVariables(text, { 'contact.name': null, 'agent.name': '' })).to.deep.equal({
      text,
      missing: ['contact.name', 'contact.shoeSize', 'agent.name'],
    });
    expect(openVariables(text)).to.have.length(3);
    expect(openVariables('No {braces} {{}} here')).to.deep.equal([]);
  });

  it('take a value as it is, and no name of every object for one', () => {
    const filled = fillVariables('{{contact.name}}', { 'contact.name': '$& {{agent.name}}' });
    expect(filled.text).to.equal('$& {{agent.name}}');
    expect(fillVariables('{{constructor}} {{toString}}', {}).missing).to.deep.equal([
      'constructor',
      'toString',
    ]);
  });

  it('know the first name of a name', () => {
    expect(firstName('  Vera  Maria Lind ')).to.equal('Vera');
    expect(firstName('山田太郎')).to.equal('山田太郎');
    expect([firstName(null), firstName(' ')]).to.deep.equal([null, null]);
  });
});
