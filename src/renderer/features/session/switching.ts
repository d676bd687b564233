let switching = false;

/** The session is being locked for somebody else to sign in. */
export const switchUser = (): void => {
  switching = true;
};

/** Whether it was; asked once. */
export const takeSwitching = (): boolean => {
  const was = switching;
  switching = false;
  return was;
};
