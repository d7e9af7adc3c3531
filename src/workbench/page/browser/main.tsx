import { render } from "preact";
import { offerColours } from "../../../docs/assets/colours.js";
import { App } from "./app.tsx";

const content = document.getElementById("content");
if (content !== null) {
  // What stands there for readers without a script.
  content.replaceChildren();
  render(<App />, content);
}
offerColours();
