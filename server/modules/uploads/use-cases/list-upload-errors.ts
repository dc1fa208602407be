import { listRowErrors } from '../queries';
import type { RowError } from '../schema';

/** Every wrong cell of an upload, for the command line and for export. */
export const listUploadErrors = ({ id }: { id: string }): Promise<RowError[]> => listRowErrors(id);
