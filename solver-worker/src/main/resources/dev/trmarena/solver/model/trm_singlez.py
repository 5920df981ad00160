# The Tiny Recursive Model with a single state (arXiv 2510.04871, ablation "single z"): z is latent and answer at once.
class Recursion(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  H_cycles : int
  L_cycles : int
  mlp_t : bool
  heads : int
  eps : float

  def f(self: __torch__.Recursion, levels: List[List[Tensor]], x: Tensor, rope: List[Tensor]) -> Tensor:
    return __torch__.layers.level(levels[0], x, rope, self.mlp_t, self.heads, self.eps)

  # One improvement step: carry [z] and input e, each B x S x D.
  def step(self: __torch__.Recursion, levels: List[List[Tensor]], carry: List[Tensor], e: Tensor, rope: List[Tensor]) -> List[Tensor]:
    z = carry[0]
    for h in range(self.H_cycles):
      for l in range(self.L_cycles):
        z = self.f(levels, torch.add(z, e), rope)
      z = self.f(levels, z, rope)
    return [z]
