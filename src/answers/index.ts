/**
 * What a contract itself answers with: its examples, or data generated from it. Prism makes the answers; it takes a second to load, so that this
 * is imported when an answer is asked for.
 */
export { type AnswerOptions, type Answers, createAnswers } from "./prism.ts";
