import { expect, test } from 'vitest';
import { isOurPage, type SenderFrame } from './sender.ts';

const page = { id: 1, mainFrame: { frameTreeNodeId: 7 } };
const mainFrame: SenderFrame = { url: 'app://clinichub/reception', parent: null, frameTreeNodeId: 7 };
const registered = (id: number) => id === 1;

test('the main frame of our window with our page may speak', () => {
  expect(isOurPage(mainFrame, page, registered)).toBe(true);
});

test.each<[string, SenderFrame | null]>([
  ['a frame that has gone', null],
  ['a frame inside the page', { ...mainFrame, parent: mainFrame, frameTreeNodeId: 8 }],
  ['a frame that says it has no parent', { ...mainFrame, frameTreeNodeId: 8 }],
  ['a page of another site', { ...mainFrame, url: 'https://evil.example/' }],
  ['a page of another host of our scheme', { ...mainFrame, url: 'app://evil/' }],
  ['a file', { ...mainFrame, url: 'file:///index.html' }],
  ['an empty page', { ...mainFrame, url: '' }],
  ['about:blank', { ...mainFrame, url: 'about:blank' }],
])('%s may not', (_who, frame) => {
  expect(isOurPage(frame, page, registered)).toBe(false);
});

test('a window that was not registered may not', () => {
  expect(isOurPage(mainFrame, { ...page, id: 2 }, registered)).toBe(false);
});
