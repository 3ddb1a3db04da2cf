import { startCloud } from '../../../infra/local/cloud.ts';
import { smallApp } from './small-app.ts';

// The small app's cloud as a process of its own, so that a test can kill it: `node small-cloud.ts <folder>`.
const cloud = await startCloud(smallApp(process.argv[2]));
process.on('SIGTERM', () => void cloud.stop().then(() => process.exit(0)));
