/** As whose an account sees a record. */
export const relationships = ['self', 'child', 'parent', 'spouse', 'other'] as const;
