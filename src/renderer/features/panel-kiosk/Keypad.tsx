import { IconBackspace } from '@tabler/icons-react';
import classes from './Kiosk.module.css';

interface KeypadProps {
  readonly keys: readonly string[];
  readonly columns: 3 | 8;
  readonly erase: string;
  readonly onKey: (key: string) => void;
  readonly onErase: () => void;
}

/** Keys for a finger; whoever has a keyboard types into the field. */
export function Keypad({ keys, columns, erase, onKey, onErase }: KeypadProps) {
  return (
    <div className={classes.keypad} data-columns={columns}>
      {keys.map((key) => (
        <button key={key} type="button" className={classes.key} onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
      <button type="button" className={classes.key} aria-label={erase} onClick={onErase}>
        <IconBackspace size={30} stroke={1.6} aria-hidden />
      </button>
    </div>
  );
}
