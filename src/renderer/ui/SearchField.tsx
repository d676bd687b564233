import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';
import { KeyHint } from './keys/KeyHint.tsx';

interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly label: string;
  readonly className: string | undefined;
  readonly value: string;
  readonly onChange: (typed: string) => void;
  /** The arrow down: into the list below. */
  readonly onDown: () => void;
}

/** The field above a list that shows what fits to what is typed. Its screen has the key `/` go to it. */
export function SearchField({ ref, label, className = '', value, onChange, onDown }: SearchFieldProps) {
  return (
    <TextInput
      ref={ref}
      className={className}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      rightSection={<KeyHint keys="/" quiet />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        onDown();
      }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
