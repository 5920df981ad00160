# The transformer baseline of the Tiny Recursive Model's code: one deep network, improved on by its own output.
class Recursion(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  mlp_t : bool
  heads : int
  eps : float

  # One improvement step: carry [z_H] and input e, each B x S x D.
  def step(self: __torch__.Recursion, levels: List[List[Tensor]], carry: List[Tensor], e: Tensor, rope: List[Tensor]) -> List[Tensor]:
    return [__torch__.layers.level(levels[0], torch.add(carry[0], e), rope, self.mlp_t, self.heads, self.eps)]
