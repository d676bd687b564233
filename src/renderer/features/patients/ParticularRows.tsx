import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { VoidableKind } from '#shared/domain/patients/particulars.ts';
import classes from './MoreFields.module.css';
import type { PatientForm } from './usePatientForm.ts';

interface GroupProps {
  readonly title: string;
  readonly addLabel: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
}

/** Things of one kind: what there is, what is being added, and a button for one more. */
export function ParticularGroup({ title, addLabel, onAdd, children }: GroupProps) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{title}</legend>
      {children}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.6} />}
          onClick={onAdd}
          data-add
        >
          {addLabel}
        </Button>
      </div>
    </fieldset>
  );
}

/** What is taken away leaves the cursor where one goes on. */
const goToAdd = (button: HTMLElement) =>
  button.closest('fieldset')?.querySelector<HTMLElement>('[data-add]')?.focus();

/** A row that is being added, with what takes it away again. */
export function AddedRow(props: {
  readonly number: number;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const label = t('particulars.removeRow', { number: props.number });
  return (
    <div className={classes.row}>
      <div className={classes.cells}>{props.children}</div>
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          mt={24}
          aria-label={label}
          onClick={(event) => {
            goToAdd(event.currentTarget);
            props.onRemove();
          }}
        >
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

interface KnownProps {
  readonly form: PatientForm;
  readonly kind: VoidableKind;
  readonly rows: readonly { readonly id: string; readonly text: string; readonly about: string }[];
}

/** What the patient has already. Nothing in it is changed: what is wrong is removed, with a reason. */
export function KnownRows({ form, kind, rows }: KnownProps) {
  const { t } = useTranslation();
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: 'particulars.voided',
    keyName: 'key',
  });
  if (rows.length === 0) return null;
  return (
    <div className={classes.rows}>
      {rows.map(({ id, text, about }) => {
        const at = fields.findIndex((field) => field.id === id);
        return (
          <div key={id} className={classes.known} data-going={at >= 0 || undefined}>
            <span className={classes.knownText}>
              {text} <small>{about}</small>
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => (at >= 0 ? remove(at) : append({ kind, id, reason: '' }))}
            >
              {t(at >= 0 ? 'particulars.keep' : 'particulars.remove')}
              <span className="visually-hidden"> {text}</span>
            </Button>
            {at >= 0 && (
              <TextInput
                className={classes.reason ?? ''}
                label={t('particulars.reason')}
                description={t('particulars.removing')}
                autoComplete="off"
                error={form.formState.errors.particulars?.voided?.[at]?.reason?.message}
                {...form.register(`particulars.voided.${at}.reason`)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
