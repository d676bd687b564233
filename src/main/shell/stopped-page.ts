import { styleNoncePlaceholder } from '#main/security/csp.ts';
import type { Catalogue } from '#shared/i18n/english.ts';
import type { Language } from '#shared/i18n/languages.ts';

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The page shown after the screens' process has died. It has no script: nothing in it can fail a second time. */
export const stoppedPage = (words: Catalogue['app']['safe'], language: Language): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${escaped(words.title)}</title>
<style nonce="${styleNoncePlaceholder}">
body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem; }
main { max-width: 34rem; }
h1 { font-size: 1.5rem; }
a { display: inline-block; padding: .6rem 1.2rem; border-radius: .4rem; background: #1b5e8c; color: #fff; }
a:focus-visible { outline: 3px solid; outline-offset: 3px; }
</style>
</head>
<body>
<main>
<h1>${escaped(words.title)}</h1>
<p>${escaped(words.text)}</p>
<p><a href="/" autofocus>${escaped(words.reload)}</a></p>
</main>
</body>
</html>
`;
