import {
  type CSSVariablesResolver,
  createTheme,
  type LoaderProps,
  type MantineColorsTuple,
  type ModalProps,
  type NumberInputProps,
  type PopoverProps,
  type SelectProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core';

const teal: MantineColorsTuple = [
  '#eef9f7',
  '#d6f0ec',
  '#aee0d9',
  '#7fcdc3',
  '#4db3a8',
  '#24958a',
  '#14776e',
  '#10635c',
  '#0e524c',
  '#0a3d39',
];

const gray: MantineColorsTuple = [
  '#f8f9f9',
  '#f1f3f3',
  '#e6e9e9',
  '#d6dada',
  '#b9bfbf',
  '#8a9292',
  '#626b6b',
  '#4a5252',
  '#333939',
  '#1f2424',
];

const dark: MantineColorsTuple = [
  '#e3e7e6',
  '#c3c9c8',
  '#a3abaa',
  '#7b8483',
  '#4c5453',
  '#363d3c',
  '#272d2c',
  '#1a1f1e',
  '#151918',
  '#0f1211',
];

/** What `Component.extend` writes, without fetching the component for a page that shows none. */
const props = <P>(defaultProps: Partial<P>) => ({ defaultProps });

/** SCREENS Language: Inter, 14 px, one teal accent, 4 px grid, radius 6, hairlines instead of shadows. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", "Inter", system-ui, sans-serif',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '24px' },
      h2: { fontSize: '15px', lineHeight: '20px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  colors: { teal, gray, dark },
  primaryColor: 'teal',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: '6px',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  shadows: { xs: 'none', sm: 'none', md: '0 4px 16px rgb(0 0 0 / 0.12)', lg: 'none', xl: 'none' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    TextInput: props<TextInputProps>({ size: 'sm' }),
    NumberInput: props<NumberInputProps>({ size: 'sm' }),
    Select: props<SelectProps>({ size: 'sm', withCheckIcon: false }),
    // A name says something only of an element with a role; what waits inside a field is said by the field.
    Loader: props<LoaderProps>({ role: 'progressbar' }),
    // The page itself never scrolls; locking it would write a style that the content security policy refuses.
    Modal: props<ModalProps>({ lockScroll: false }),
    Tooltip: props<TooltipProps>({
      // Into the header: what is said there belongs to a landmark.
      portalProps: { target: '#tips' },
      openDelay: 400,
      transitionProps: { duration: 80 },
    }),
    Popover: props<PopoverProps>({ transitionProps: { duration: 80 }, shadow: 'md' }),
  },
});

/**
 * Colours by meaning. Each text colour keeps 4.5:1 on the panel, the page and its own `-soft` ground.
 */
const light = {
  '--ch-page': '#f6f7f7',
  '--ch-panel': '#ffffff',
  '--ch-sunken': '#eff1f1',
  '--ch-hover': '#f1f4f4',
  '--ch-selected': '#e2f3f0',
  '--ch-line': '#dfe3e3',
  '--ch-line-strong': '#8a9292',
  '--ch-text': '#1d2323',
  '--ch-quiet': '#5a6363',
  '--ch-accent': '#10635c',
  '--ch-red': '#b3261e',
  '--ch-red-soft': '#fcebea',
  '--ch-amber': '#8a5200',
  '--ch-amber-soft': '#fdf1dc',
  '--ch-green': '#1b6e3c',
  '--ch-green-soft': '#e4f4ea',
  '--ch-blue': '#1f5fb0',
  '--ch-blue-soft': '#e7f0fb',
  '--ch-grey': '#5a6363',
  '--ch-grey-soft': '#eff1f1',
} as const;

const darkVariables: Readonly<Record<keyof typeof light, string>> = {
  '--ch-page': '#121615',
  '--ch-panel': '#1a1f1e',
  '--ch-sunken': '#151918',
  '--ch-hover': '#222827',
  '--ch-selected': '#173431',
  '--ch-line': '#2d3433',
  '--ch-line-strong': '#7b8483',
  '--ch-text': '#e3e7e6',
  '--ch-quiet': '#a3abaa',
  '--ch-accent': '#7fcdc3',
  '--ch-red': '#f5a39c',
  '--ch-red-soft': '#3a1d1b',
  '--ch-amber': '#efbc6b',
  '--ch-amber-soft': '#35280f',
  '--ch-green': '#8fd3a8',
  '--ch-green-soft': '#16301f',
  '--ch-blue': '#9cc4f5',
  '--ch-blue-soft': '#172a42',
  '--ch-grey': '#a3abaa',
  '--ch-grey-soft': '#222827',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...light,
    '--mantine-color-body': light['--ch-panel'],
    '--mantine-color-text': light['--ch-text'],
    '--mantine-color-dimmed': light['--ch-quiet'],
    '--mantine-color-placeholder': '#6b7474',
    '--mantine-color-error': light['--ch-red'],
    '--mantine-color-default-border': '#c3c9c9',
    '--mantine-color-anchor': light['--ch-accent'],
  },
  dark: {
    ...darkVariables,
    '--mantine-color-body': darkVariables['--ch-panel'],
    '--mantine-color-text': darkVariables['--ch-text'],
    '--mantine-color-dimmed': darkVariables['--ch-quiet'],
    '--mantine-color-placeholder': '#949d9c',
    '--mantine-color-error': darkVariables['--ch-red'],
    '--mantine-color-default': '#1f2524',
    '--mantine-color-default-border': '#464e4d',
    '--mantine-color-anchor': darkVariables['--ch-accent'],
  },
});

/** The nonce the host put into the page: Mantine's own `<style>` elements need it under our content security policy. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
