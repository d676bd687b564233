import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { KeyLayerContext, useKeys } from './keys/useKeys.ts';
import classes from './SideSheet.module.css';

/** Where sheets appear: beside the work, which gets narrower and stays usable. The shell provides it. */
export const SheetSlot = createContext<HTMLElement | null>(null);

/** The bottom of the sheet one is in, for `SheetFooter`. */
const FooterSlot = createContext<{
  readonly element: HTMLElement | null;
  readonly take: (taken: boolean) => void;
} | null>(null);

/**
 * Puts its buttons at the bottom of the sheet in place of the sheet's own, as long as it is shown: for a form within
 * the sheet that is to be finished first, and answers the same keys.
 */
export function SheetFooter({ children }: { readonly children: ReactNode }) {
  const slot = useContext(FooterSlot);
  const take = slot?.take;
  useLayoutEffect(() => {
    take?.(true);
    return () => take?.(false);
  }, [take]);
  return slot?.element ? createPortal(children, slot.element) : null;
}

export interface SideSheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Stays at the bottom whatever scrolls: the buttons. */
  readonly footer?: ReactNode;
  readonly width?: number;
}

/** What a person goes on with; a note about the form, such as that it was typed before, is passed over. */
const focusable = 'input, textarea, select, button, a[href], [tabindex="0"]';
const firstIn = (body: HTMLElement | null) =>
  [...(body?.querySelectorAll<HTMLElement>(focusable) ?? [])].find((one) => !one.closest('[data-aside]'));

/** Puts the cursor into the sheet when it opens, before the next key can arrive, and back where it was when it closes. */
function useFocusVisit() {
  const body = useRef<HTMLDivElement>(null);
  const enter = () => {
    const target =
      body.current?.querySelector<HTMLElement>('[data-autofocus]') ?? firstIn(body.current) ?? body.current;
    target?.focus();
  };
  useLayoutEffect(() => {
    const before = document.activeElement;
    // A menu that closes with the choice notes where the focus is, and takes it back from there: that is done first.
    const isMenu = before === document.body || before?.closest('[data-portal]') != null;
    if (!isMenu) enter();
    const sheet = body.current;
    return () => {
      // Somebody who has meanwhile moved on into the work is left there.
      const inSheet = sheet?.contains(document.activeElement) ?? true;
      const nowhere = document.activeElement === document.body || document.activeElement === null;
      if ((inSheet || nowhere) && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    if (body.current?.contains(document.activeElement) === false) enter();
  }, []);
  return body;
}

/** Escape first closes what is open over the sheet, such as a list of choices; a list within it is not in the way. */
const fieldIsOpen = () => document.activeElement?.matches('[aria-expanded="true"][aria-haspopup]') === true;

function Sheet({ title, onClose, children, footer, width = 400 }: SideSheetProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const body = useFocusVisit();
  const [isTaken, take] = useState(false);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const slot = useMemo(() => ({ element, take }), [element]);
  useKeys(title, [
    { keys: 'Escape', label: t('common.close'), run: () => !fieldIsOpen() && onClose(), inFields: true },
  ]);
  return (
    <div role="dialog" aria-labelledby={titleId} className={classes.sheet} style={{ width }}>
      <div className={classes.header}>
        <h2 id={titleId} className={classes.title}>
          {title}
        </h2>
        <Tooltip label={`${t('common.close')} (Esc)`}>
          <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t('common.close')}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div ref={body} className={classes.body} tabIndex={-1}>
        <FooterSlot value={slot}>{children}</FooterSlot>
      </div>
      {isTaken ? (
        <div ref={setElement} className={classes.footer} />
      ) : (
        footer && <div className={classes.footer}>{footer}</div>
      )}
    </div>
  );
}

/**
 * A panel beside the work, not a modal. Escape closes it and gives the focus back. It appears in the shell's slot, or
 * in place where there is none. What is typed in it should outlive closing it: keep the input in a draft.
 */
export function SideSheet(props: SideSheetProps) {
  const slot = useContext(SheetSlot);
  const sheet = (
    <KeyLayerContext value="sheet">
      <Sheet {...props} />
    </KeyLayerContext>
  );
  return slot ? createPortal(sheet, slot) : sheet;
}
