/** Signing in. */
export const session = {
  username: 'User name',
  password: 'Password',
  showPassword: 'Show the password',
  signIn: 'Sign in',
  capsLock: 'Caps Lock is on.',
  demo: 'Accounts of the demonstration clinic: choose one to fill it in',
} as const;
