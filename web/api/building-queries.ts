import { useQuery } from '@tanstack/react-query';
import { read } from './client.ts';

/** What the log says of a scenario's construction and acceptance, at a version of its case. */
export const useBuilding = (id: string, version: number, enabled = true) => useQuery({ queryKey: ['building', id, version], queryFn: () => read('/scenarios/{id}/building', { id }), enabled });
