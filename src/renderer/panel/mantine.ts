/*
 * Mantine's styles for what the patients' page shows, and no others: all of them are 250 kB. A component that comes to the page brings
 * its own here; a test finds one that has not. The order is Mantine's: what builds on a style follows it.
 */
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Alert.css';
import '@mantine/core/styles/Chip.css';
import '@mantine/core/styles/PasswordInput.css';
