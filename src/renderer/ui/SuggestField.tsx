import { TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './SuggestField.module.css';
import { useListbox } from './useListbox.ts';

export interface Suggestion {
  readonly key: string;
  readonly label: string;
  /** What it is, at the end of the line: a code, a kind. */
  readonly detail?: string;
}

export interface SuggestFieldProps {
  readonly label: string;
  readonly listLabel: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly suggestions: readonly Suggestion[];
  /** The suggestions belong to what is typed. */
  readonly ready: boolean;
  readonly onChoose: (suggestion: Suggestion) => void;
  /** What was typed stands for one of them: nothing more is suggested. */
  readonly chosen: boolean;
  /** Below the field: what it stands for, or that it stands for nothing. */
  readonly note?: { readonly text: string; readonly warn: boolean } | null;
  readonly error?: string | undefined;
  readonly maxLength: number;
  readonly autoFocus?: boolean;
}

/** A text for which something known is suggested while it is typed; what is not known stands as it was typed. */
export function SuggestField(props: SuggestFieldProps) {
  const { label, listLabel, text, suggestions, ready, chosen, note } = props;
  const [inField, setInField] = useState(false);
  const open = inField && !chosen && text.trim() !== '' && suggestions.length > 0;
  const listbox = useListbox({
    count: open ? suggestions.length : 0,
    ready,
    onChoose: (index) => {
      const suggestion = suggestions[index];
      if (suggestion) props.onChoose(suggestion);
    },
  });
  const list = listbox.list(listLabel);
  return (
    <div>
      <TextInput
        label={label}
        value={text}
        maxLength={props.maxLength}
        error={props.error}
        {...(props.autoFocus ? { 'data-autofocus': true } : {})}
        {...listbox.field}
        aria-expanded={open}
        aria-controls={open ? list.id : undefined}
        onFocus={() => setInField(true)}
        onBlur={() => setInField(false)}
        onChange={(event) => {
          props.onText(event.currentTarget.value);
          listbox.restart();
        }}
      />
      {open && (
        <div {...list} className={classes.list}>
          {suggestions.map((suggestion, index) => (
            <div key={suggestion.key} className={classes.option} {...listbox.option(index)}>
              <span>{suggestion.label}</span>
              {suggestion.detail && <span className={classes.detail}>{suggestion.detail}</span>}
            </div>
          ))}
        </div>
      )}
      {note && (
        <p className={classes.note} data-warn={note.warn || undefined}>
          {note.text}
        </p>
      )}
    </div>
  );
}
