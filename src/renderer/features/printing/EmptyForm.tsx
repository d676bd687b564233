import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { Preview } from './Preview.tsx';
import { RegistrationForm } from './RegistrationForm.tsx';
import { useImprint } from './useImprint.ts';

/** The registration form that is filled in by hand. */
export function EmptyForm() {
  const setup = usePrintSetup('registration');
  const format = useFormat();
  const { paper } = setup.settings;
  return (
    <Preview
      setup={setup}
      pages={[<RegistrationForm key="form" record={null} {...{ paper, format }} imprint={useImprint()} />]}
    />
  );
}
