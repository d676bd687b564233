/** Signing in. */
export const session = {
  username: 'User name',
  password: 'Password',
  showPassword: 'Show the password',
  signIn: 'Sign in',
  capsLock: 'Caps Lock is on.',
  scanned: 'A record number was scanned. Sign in first, then scan it again.',
  demo: 'Accounts of the demonstration clinic: choose one to fill it in',
} as const;
