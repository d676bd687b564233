import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import classes from './Account.module.css';

/** A large way on, with a line about what is there. */
export function Way({
  href,
  title,
  why,
  icon,
}: {
  href: string;
  title: string;
  why?: string;
  icon?: ReactNode;
}) {
  return (
    <Link href={href} className={classes.way}>
      {icon}
      <span>
        {title}
        {why !== undefined && <small>{why}</small>}
      </span>
      <IconChevronRight size={18} aria-hidden />
    </Link>
  );
}

/** What went wrong with a form, beside no field. */
export function Refusal({ words }: { words: string | null }) {
  return words === null ? null : (
    <p role="alert" className={classes.bad}>
      {words}
    </p>
  );
}

export function Password(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      maxLength={200}
      required
      withAsterisk={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      visibilityToggleButtonProps={{ 'aria-label': t('panelAccount.showPassword'), tabIndex: 0 }}
      {...props}
    />
  );
}
