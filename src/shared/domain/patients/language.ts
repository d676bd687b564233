/** Languages by their codes of ISO 639-1, and Congo Swahili (ISO 639-3), which has no shorter one. */
export const languageCodes: readonly string[] =
  'aa ab af ak am ar as ay az ba be bg bm bn bo br bs ca ce ch co cs cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz id ig ii is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn nr nv ny oc oj om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw swc ta te tg th ti tk tl tn to tr ts tt ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'.split(
    ' ',
  );

/** Whether a text is a language tag (BCP 47), known or not. */
export const isLanguageTag = (text: string): boolean => {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
};

/**
 * What most people in a country (ISO 3166-1 alpha-2) speak, by Unicode's likely subtags; null when nothing is known.
 * @example likelyLanguage('RW') // 'rw'
 */
export const likelyLanguage = (country: string | null): string | null => {
  if (country === null || !/^[A-Z]{2}$/.test(country)) return null;
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  return language === 'und' ? null : language;
};
