import { composePorts } from '@/server/composition';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { systemActor } from '@/server/platform/actor';

/** A process that checks one upload, as a web process does for who asked. Killed, never stopped. */
composePorts();
process.stdout.write('listening\n');
await checkUpload({ actor: systemActor('checker'), id: process.env.UPLOAD_ID ?? '' });
