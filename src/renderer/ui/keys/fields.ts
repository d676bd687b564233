type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field and what stood in it, with the cursor where it was. */
export interface FieldState {
  readonly field: Field;
  readonly value: string;
  readonly cursor: readonly [start: number, end: number] | null;
}

/** The field an event belongs to: there, keys are text. */
export function fieldOf(target: EventTarget | null): Field | null {
  return target instanceof Element ? target.closest<Field>('input, textarea, select') : null;
}

/** Whether somebody is at work in a field or a sheet: what comes late must not take the cursor from there. */
export const isTyping = (): boolean =>
  document.activeElement?.closest('input, textarea, select, [role="dialog"]') != null;

export function stateOfField(field: Field): FieldState {
  const { value } = field;
  // A field for a number or an e-mail address does not tell where its cursor is.
  const start = field instanceof HTMLSelectElement ? null : field.selectionStart;
  const end = field instanceof HTMLSelectElement ? null : field.selectionEnd;
  return { field, value, cursor: start === null || end === null ? null : [start, end] };
}

/** Puts a field back; the form it belongs to hears of it as of anything typed. */
export function restoreField({ field, value, cursor }: FieldState): void {
  if (!field.isConnected || field.value === value) return;
  // React keeps the element's own property for itself; the prototype's is what the browser sets.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  if (cursor && !(field instanceof HTMLSelectElement)) field.setSelectionRange(...cursor);
}

/** Types where the cursor is, if `target` is a field. */
export function typeInto(target: Element, text: string): void {
  const field = fieldOf(target);
  if (field === null || !field.matches(':read-write')) return;
  const state = stateOfField(field);
  const [start, end] = state.cursor ?? [state.value.length, state.value.length];
  const at = start + text.length;
  restoreField({
    field,
    value: state.value.slice(0, start) + text + state.value.slice(end),
    cursor: state.cursor && [at, at],
  });
}
