/** Who worked in this window before the sign-in screen: the same person goes on where they were, another one starts. */
let lastUserId: string | null = null;

export const rememberUser = (id: string): void => {
  lastUserId = id;
};

/** Whether somebody else worked here before `id`. A window that was just opened belongs to nobody yet. */
export const isAnotherUser = (id: string): boolean => lastUserId !== null && lastUserId !== id;
