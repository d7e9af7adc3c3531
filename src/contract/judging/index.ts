/** Compares one answer with the contract. Start at judge.ts. */
export { type Complaint, findingOf } from "./complaint.ts";
export { accepted, refused } from "./expectation.ts";
export { findingsOn, judge } from "./judge.ts";
export { excerpt, shown } from "./present.ts";
export { judgeBrokenConnection, judgeLimit, judgeOutage, judgeSlash } from "./whole-answers.ts";
