import { createSpotlight } from '@mantine/spotlight';

/** Opens and closes the find box from wherever it is asked for. */
export const [findStore, find] = createSpotlight();
