// The canvas for screen readers: a list whose items are the nodes, each with its name and state.
#pragma once

namespace signalbox::ui {

class CanvasView;

/// Tells Qt how to make the interface; may be called any number of times.
void installCanvasAccessibility();
/// The graph is another one.
void resetAccessibility(CanvasView& canvas);
/// The selected node is another one; kNone: none.
void notifyAccessibleFocus(CanvasView& canvas, int node);
/// The state of a node, and so its name, is another one.
void notifyAccessibleState(CanvasView& canvas, int node);

}  // namespace signalbox::ui
