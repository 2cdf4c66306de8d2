import { describe, expect, it } from '@jest/globals';
import { looksSecret, MOST_LINES, readBook, remember } from './console-history.rules.ts';

describe('what was typed to a container', () => {
  it('is kept once each, the newest last, a hundred lines for twenty containers', () => {
    let book = {};
    for (const line of ['list', 'tps', 'list']) book = remember(book, 'ct_a', line);
    expect(book).toEqual({ ct_a: ['tps', 'list'] });
    for (let count = 0; count < 150; count += 1) book = remember(book, 'ct_a', `say ${count}`);
    expect(readBook(JSON.stringify(book))['ct_a']).toHaveLength(MOST_LINES);
    for (let count = 0; count < 30; count += 1) book = remember(book, `ct_${count}`, 'list');
    expect(Object.keys(book)).toHaveLength(20);
    expect(book).not.toHaveProperty('ct_a');
    expect(Object.keys(book).at(-1)).toBe('ct_29');
  });

  it.each([
    'login hunter2',
    '/register hunter2 hunter2',
    'set password=abc',
    'rcon.password: x',
    'auth abc',
    'export DB_PASSWORD=x',
    'token abc',
    'use sk9Xa81LmQ0zPw72Hd',
    'key 9f86d081884c7d659a2feaa0c55ad015',
  ])('is not kept where it looks like a secret: %s', (line) => {
    expect(looksSecret(line)).toBe(true);
    expect(remember({}, 'ct_a', line)).toEqual({});
  });

  it.each([
    'list',
    'say hello there',
    'op Notch',
    'tp Steve 100 64 -200',
    'give @a minecraft:diamond_sword 1',
    'save-all',
    'gamerule keepInventory true',
    'ban Player123456789',
  ])('is kept where it does not: %s', (line) => {
    expect(looksSecret(line)).toBe(false);
  });

  it('is forgotten where it cannot be read', () => {
    for (const text of ['', 'x', '[]', 'null', '{"ct_a":1}']) expect(readBook(text)).toEqual({});
    expect(readBook('{"ct_a":["list",1]}')).toEqual({ ct_a: ['list'] });
  });
});
