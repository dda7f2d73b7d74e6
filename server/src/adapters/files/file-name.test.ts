import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { limits } from '#kit/protocol/limits.js';
import { fileName } from './file-name.js';
import { takenType, textType, type FileType } from './file-types.js';

const png = takenType('image/png') as FileType;
const jpeg = takenType('image/jpeg') as FileType;

describe('the name of a file', () => {
  for (const [given, type, expected] of [
    ['photo.PNG', png, 'photo.PNG'],
    ['photo.jpeg', jpeg, 'photo.jpeg'],
    ['photo', png, 'photo.png'],
    ['page.html', png, 'page.html.png'],
    ['run.bat', textType('run.bat'), 'run.bat.txt'],
    ['table.csv', textType('table.csv'), 'table.csv'],
    ['C:\\Users\\Ann\\photo.png', png, 'photo.png'],
    ['../../etc/photo.png', png, 'photo.png'],
    ['photo\u202egnp.exe', png, 'photognp.exe.png'],
    ['a\0b\r\nc\u200b.png', png, 'abc.png'],
    ['a<b>:"c|?*.png', png, 'a_b___c___.png'],
    ['.png', png, 'png.png'],
    ['...', png, 'file.png'],
    ['', png, 'file.png'],
    ['  many   spaces .png', png, 'many spaces .png'],
    ['Größe 📷.png', png, 'Größe 📷.png'],
  ] as const) {
    it(`${JSON.stringify(given)} is ${JSON.stringify(expected)}`, () => {
      assert.equal(fileName(given, type), expected);
    });
  }

  it('is never too long, and never ends in the middle of a letter', () => {
    const long = fileName(`${'📷'.repeat(300)}.png`, png);
    assert.ok(long.length <= limits.fileNameLength);
    assert.ok(long.endsWith('📷.png'));
  });

  it('is safe whatever was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = fileName(given, png);
        assert.ok(name.length <= limits.fileNameLength);
        assert.match(name, /.\.a?png$/i);
        assert.doesNotMatch(name, /[\p{Cc}\p{Cf}\p{Surrogate}/\\:*?"<>|]|^\./u);
      }),
    );
  });
});
