/** `app://clinichub/x` as Chromium can be made to load it; see README.md. */
export const toChromium = (address: string): string => {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(address);
  if (match === null || match[1] === 'https' || match[1] === 'http') return address;
  return `https://${match[2]}.${match[1]}.invalid${match[3] === '' ? '/' : match[3]}`;
};

/** The address as main knows it. */
export const toElectron = (address: string): string => {
  const match = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.invalid(.*)$/i.exec(address);
  return match === null ? address : `${match[2]}://${match[1]}${match[3]}`;
};
