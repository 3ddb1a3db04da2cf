import { publicationFigures } from './publication.ts';
const sizes = process.argv[2]!.split(',').map(Number);
for (const f of await publicationFigures({ smoke: false } as never, sizes)) console.log(f.name, f.value.toFixed(2), f.unit);
