import { stripVTControlCharacters } from 'node:util';

const unreachable =
  /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)|connect (?:ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH) ([\w.:[\]-]+)|Response code (?:40[0-9]|5\d\d)|socket hang up|ECONNRESET/;

/** The last thing electron-builder said it was about to fetch or make. */
const underWay = (lines: readonly string[]): string | null => {
  for (const line of lines.toReversed()) {
    const fetched = /downloading\s+(?:url=)?(\S+)/.exec(line)?.[1];
    if (fetched !== undefined) return fetched;
    const electron = /packaging\s.*\bplatform=(\w+) arch=(\w+) electron=([\w.-]+)/.exec(line);
    if (electron) return `Electron ${electron[3]} for ${electron[1]} ${electron[2]}`;
    const target = /building\s+target=(\S+)/.exec(line)?.[1];
    if (target !== undefined) return `the tools that make ${target}`;
  }
  return null;
};

/** Why electron-builder could not make an installer, from all that it printed. */
export const explain = (output: string): string => {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const failure = lines.find((line) => unreachable.test(line));
  const found = failure === undefined ? null : unreachable.exec(failure);
  if (found) {
    const what = underWay(lines) ?? 'a part of the installer';
    const where = found[1] ?? found[2];
    return (
      `Could not fetch ${what}${where === undefined ? '' : `: ${where} cannot be reached`}. ` +
      'Electron and the tools that make installers come from GitHub; ELECTRON_MIRROR and ' +
      'ELECTRON_BUILDER_BINARIES_MIRROR name other places that have them.'
    );
  }
  const said = lines.find((line) => line.includes('⨯'))?.replace(/^\s*⨯\s*/, '');
  const stack = said?.indexOf('failedTask=') ?? -1;
  return said === undefined
    ? `electron-builder did not say why it stopped.\n${lines.slice(-5).join('\n')}`
    : (stack === -1 ? said : said.slice(0, stack)).trim();
};
