import { describe, expect, it } from 'vitest';
import { isSingleKey, nameOf, type Press, printed } from './combo.ts';
import { KeyRegistry, sequenceWithin } from './registry.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const free = { inField: false, inModal: false, singleKeys: true, at: 0 };
const nothing = () => {};

describe('nameOf', () => {
  it.each([
    [press('n'), 'n'],
    [press('N', { shiftKey: true }), 'shift+n'],
    [press('?', { shiftKey: true }), '?'],
    [press('k', { ctrlKey: true }), 'mod+k'],
    [press('k', { metaKey: true }), 'mod+k'],
    [press('Enter', { ctrlKey: true }), 'mod+Enter'],
    [press('ArrowUp', { shiftKey: true }), 'shift+ArrowUp'],
    [press(' '), 'Space'],
    [press('Shift', { shiftKey: true }), ''],
  ])('names %o %s', (given, expected) => {
    expect(nameOf(given)).toBe(expected);
  });
});

describe('printed and isSingleKey', () => {
  it('prints keys as they are on the keyboard', () => {
    expect(printed('g d')).toEqual([['G'], ['D']]);
    expect(printed('mod+k')).toEqual([['Ctrl', 'K']]);
    expect(printed('mod+k', true)).toEqual([['⌘', 'K']]);
    expect(printed('ArrowDown')).toEqual([['↓']]);
  });

  it('knows letters alone from keys with a modifier', () => {
    expect(isSingleKey('n')).toBe(true);
    expect(isSingleKey('g d')).toBe(true);
    expect(isSingleKey('mod+k')).toBe(false);
    expect(isSingleKey('Enter')).toBe(false);
  });
});

describe('KeyRegistry', () => {
  it('finds a binding, and the last group wins', () => {
    const registry = new KeyRegistry();
    const below = { keys: 'n', label: 'below', run: nothing };
    const above = { keys: 'n', label: 'above', run: nothing };
    registry.add({ title: 'screen', bindings: [below] });
    const place = registry.add({ title: 'sheet', bindings: [above] });
    expect(registry.match(press('n'), free)).toBe(above);
    place.remove();
    expect(registry.match(press('n'), free)).toBe(below);
  });

  it('lets a screen win over the frame, though the frame came later', () => {
    const registry = new KeyRegistry();
    const screen = { keys: 'n', label: 'screen', run: nothing };
    registry.add({ title: 'screen', bindings: [screen] });
    registry.add({
      title: 'everywhere',
      bindings: [{ keys: 'n', label: 'frame', run: nothing }],
      layer: 'frame',
    });
    expect(registry.match(press('n'), free)).toBe(screen);
  });

  it('lets a sheet win over what its screen shows later, and over what changes there', () => {
    const registry = new KeyRegistry();
    const binding = (label: string) => ({ keys: 'mod+Enter', label, run: nothing, inFields: true });
    const [sign, save] = [binding('sign'), binding('save')];
    const stroke = press('Enter', { ctrlKey: true });
    registry.add({ title: 'sheet', bindings: [save], layer: 'sheet' });
    const screen = registry.add({ title: 'screen', bindings: [] });
    expect(registry.match(stroke, free)).toBe(save);
    screen.change({ title: 'screen', bindings: [sign] });
    expect(registry.match(stroke, free)).toBe(save);
  });

  it('keeps a group in its place when what can be done changes', () => {
    const registry = new KeyRegistry();
    const below = { keys: 'Escape', label: 'below', run: nothing };
    const above = { keys: 'Escape', label: 'above', run: nothing };
    const place = registry.add({ title: 'form', bindings: [below] });
    const over = registry.add({ title: 'form over it', bindings: [above] });
    place.change({ title: 'form', bindings: [{ ...below, label: 'changed' }] });
    expect(registry.match(press('Escape'), free)).toBe(above);
    over.remove();
    expect(registry.match(press('Escape'), free)?.label).toBe('changed');
    place.remove();
    expect(registry.groups()).toEqual([]);
  });

  it('takes two keys one after the other, but not too late and not after another key', () => {
    const registry = new KeyRegistry();
    const day = { keys: 'g d', label: 'day', run: nothing };
    registry.add({ title: 'everywhere', bindings: [day] });
    expect(registry.match(press('g'), free)).toBeNull();
    expect(registry.match(press('d'), { ...free, at: sequenceWithin })).toBe(day);
    registry.match(press('g'), free);
    expect(registry.match(press('d'), { ...free, at: sequenceWithin + 1 })).toBeNull();
    registry.match(press('g'), free);
    registry.match(press('x'), free);
    expect(registry.match(press('d'), free)).toBeNull();
  });

  it('leaves typing alone unless a binding is meant for fields', () => {
    const registry = new KeyRegistry();
    const next = { keys: 'n', label: 'new', run: nothing, inFields: true };
    const save = { keys: 'mod+Enter', label: 'save', run: nothing, inFields: true };
    const board = { keys: 'mod+b', label: 'board', run: nothing };
    registry.add({ title: 'screen', bindings: [next, save, board] });
    const typing = { ...free, inField: true };
    expect(registry.match(press('n'), typing)).toBeNull();
    expect(registry.match(press('Enter', { ctrlKey: true }), typing)).toBe(save);
    expect(registry.match(press('b', { ctrlKey: true }), typing)).toBeNull();
  });

  it('leaves a modal its keys unless a binding is meant for modals', () => {
    const registry = new KeyRegistry();
    const lock = { keys: 'mod+shift+l', label: 'lock', run: nothing, inModals: true };
    const next = { keys: 'n', label: 'new', run: nothing };
    const day = { keys: 'g d', label: 'day', run: nothing };
    registry.add({ title: 'everywhere', bindings: [lock, next, day] });
    const over = { ...free, inModal: true };
    expect(registry.match(press('L', { ctrlKey: true, shiftKey: true }), over)).toBe(lock);
    expect(registry.match(press('n'), over)).toBeNull();
    registry.match(press('g'), over);
    expect(registry.match(press('d'), free)).toBeNull();
  });

  it('gives no single key when they are turned off, and no binding that is not enabled', () => {
    const registry = new KeyRegistry();
    const open = { keys: 'Enter|o', label: 'open', run: nothing };
    registry.add({
      title: 'screen',
      bindings: [open, { keys: 'x', label: '', run: nothing, enabled: false }],
    });
    const off = { ...free, singleKeys: false };
    expect(registry.match(press('o'), off)).toBeNull();
    expect(registry.match(press('Enter'), off)).toBe(open);
    expect(registry.match(press('x'), free)).toBeNull();
  });
});
