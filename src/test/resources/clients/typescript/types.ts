// Strict use of the types of openapi-typescript: what an operation takes and answers, and what it does not.
import type { operations } from './api';

type Answer<O extends keyof operations, S extends number> = operations[O] extends {
  responses: Record<S, { content: { 'application/json': infer B } }>;
} ? B : never;
type Body<O extends keyof operations> = operations[O] extends {
  requestBody: { content: { 'application/json': infer B } };
} ? B : never;

export const change: Body<'patchServiceById'> = { description: 'Changed' };
export const lastChecked = (report: Answer<'getStatus', 200>): number | null => report.services[0].lastChecked;
export const failed = (error: Answer<'getStatus', 400>): number => error.status;
// @ts-expect-error a name is required for a new service
export const nameless: Body<'createService'> = { url: 'https://shop.example.com/health' };
