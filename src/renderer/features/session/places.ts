/** Who worked in this window last: the same person goes on where they were. */
let lastUserId: string | null = null;
/** Where the others were when somebody else took over. In memory only. */
const left = new Map<string, string>();

export const rememberUser = (id: string): void => {
  lastUserId = id;
};

/**
 * Where somebody goes on who comes into this window, which shows `here`: where they left it, or at the start. Null for who was here
 * last, and in a window that was just opened: they stay.
 */
export const placeOf = (id: string, here: string): string | null => {
  if (lastUserId === null || lastUserId === id) return null;
  left.set(lastUserId, here);
  return left.get(id) ?? '/';
};
