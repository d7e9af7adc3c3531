import { render } from "preact";
import { offerColours } from "../../../docs/assets/colours.js";
import { App } from "./app.tsx";

const content = document.getElementById("content");
if (content !== null) {
  // Removes the content for readers without JavaScript.
  content.replaceChildren();
  render(<App />, content);
}
offerColours();
