import type { Frame } from '@playwright/test';
import { toElectron } from '../address.ts';
import type { FrameFacts } from '../link.ts';

const ids = new WeakMap<Frame, number>();
let last = 0;

const idOf = (frame: Frame): number => {
  const known = ids.get(frame);
  if (known !== undefined) return known;
  last += 1;
  ids.set(frame, last);
  return last;
};

/** A frame of Chromium as main may know it. */
export const factsOf = (frame: Frame): FrameFacts => {
  const parent = frame.parentFrame();
  return {
    id: idOf(frame),
    url: toElectron(frame.url()),
    parentId: parent === null ? null : idOf(parent),
  };
};
