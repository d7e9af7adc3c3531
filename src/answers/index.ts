/**
 * Answers from a contract: its examples, or data that is generated from it. Prism makes them. It takes a second to load, so this is
 * imported only when an answer is needed.
 */
export { type AnswerOptions, type Answers, createAnswers } from "./prism.ts";
